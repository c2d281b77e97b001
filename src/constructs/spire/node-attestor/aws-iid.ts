import { Duration } from 'cdk8s';
import { goDuration } from '../../../formats/go-duration';
import { HclBody } from '../../../formats/hcl';
import { FileRef } from '../file-ref';
import { requireOneOf, requireSome, requireTexts } from '../input';
import { callAws, callNodeMetadata } from '../plugins/cloud-access';
import { awsCredentials } from '../plugins/credentials';
import { PluginOptions } from '../plugins/plugin-options';
import { PluginPod } from '../plugins/plugin-pod';
import { writeRawData } from '../plugins/raw-data';
import { SecretRef } from '../secret-ref';
import { NodeAttestorSides, requirePathTemplate } from './sides';

/**
 * The AWS Organization that nodes have to belong to.
 */
export interface AwsOrganization {
  /**
   * The account that manages the organization. Excludes `accountList`.
   *
   * @default - none; needed without `accountList`
   */
  readonly managementAccountId?: string;

  /**
   * The name of the role that may list accounts. Excludes `accountList`.
   *
   * @default - none; needed without `accountList`
   */
  readonly assumeOrgRole?: string;

  /**
   * The region of the management account.
   *
   * @default - the region of the node
   */
  readonly managementAccountRegion?: string;

  /**
   * How long the list of accounts is kept, at least one minute.
   *
   * @default - 3 minutes
   */
  readonly accountMapTtl?: Duration;

  /**
   * The accounts as a JSON list, instead of asking AWS. Needs SPIRE 1.15.3.
   *
   * @default - AWS is asked
   */
  readonly accountList?: FileRef;
}

/**
 * Node attestation by instance identity documents of Amazon EC2.
 */
export interface AwsIidProps extends PluginOptions {
  /**
   * The Secret with the keys `access_key_id` and `secret_access_key`, in the server's namespace.
   *
   * @default - the identity of the server's pod, see `cloudIdentity` of the server
   */
  readonly credentials?: SecretRef;

  /**
   * The name of the role that the server assumes in the accounts of the nodes.
   *
   * @default - none
   */
  readonly assumeRole?: string;

  /**
   * The AWS partition: `aws`, `aws-cn` or `aws-us-gov`.
   *
   * @default - aws
   */
  readonly partition?: string;

  /**
   * Whether the check that the root volume was never detached is left out.
   *
   * @default - false
   */
  readonly skipBlockDevice?: boolean;

  /**
   * Whether selectors of the instance profile are left out, for servers that cannot reach IAM.
   *
   * @default - false
   */
  readonly disableInstanceProfileSelectors?: boolean;

  /**
   * The accounts whose documents are checked without asking AWS.
   *
   * @default - none
   */
  readonly accountIdsForLocalValidation?: string[];

  /**
   * The path of the agents' SPIFFE IDs, a Go template.
   *
   * @default - SPIRE's own, by account, region and instance
   */
  readonly agentPathTemplate?: string;

  /**
   * The organization that nodes have to belong to.
   *
   * @default - not checked
   */
  readonly organization?: AwsOrganization;

  /**
   * The EKS clusters that nodes have to belong to. Needs SPIRE 1.13.1.
   *
   * @default - not checked
   */
  readonly eksClusterNames?: string[];

  /**
   * Where the agent finds the metadata service of EC2.
   *
   * @default - EC2's own address
   */
  readonly ec2MetadataEndpoint?: string;
}

/**
 * The node attestor aws_iid.
 */
export function awsIid(props: AwsIidProps): NodeAttestorSides {
  requirePathTemplate(props.agentPathTemplate);
  requireOneOf('partition', props.partition, ['aws', 'aws-cn', 'aws-us-gov']);
  requireTexts({ assumeRole: props.assumeRole, ec2MetadataEndpoint: props.ec2MetadataEndpoint });
  if (props.eksClusterNames) {
    requireSome('eksClusterNames', props.eksClusterNames);
  }
  requireOrganization(props.organization);
  return {
    name: 'aws_iid',
    reattests: false,
    nodeUidIds: false,
    server: () => ({
      type: 'NodeAttestor',
      name: 'aws_iid',
      configure: (data, pod) => {
        for (const service of ['ec2', 'iam', 'sts', ...(props.organization ? ['organizations'] : []), ...(props.eksClusterNames ? ['autoscaling', 'eks'] : [])]) {
          callAws(pod, service, '*');
        }
        data.attributes({
          partition: props.partition,
          assume_role: props.assumeRole,
          skip_block_device: props.skipBlockDevice,
          disable_instance_profile_selectors: props.disableInstanceProfileSelectors,
          account_ids_for_local_validation: props.accountIdsForLocalValidation,
          agent_path_template: props.agentPathTemplate,
          ...awsCredentials(pod, 'AWS_IID', props.credentials),
        });
        writeOrganization(data, pod, props.organization);
        if (props.eksClusterNames) {
          pod.requireVersion('eksClusterNames of awsIid', '1.13.1');
          data.block('validate_eks_cluster_membership').attributes({ eks_cluster_names: props.eksClusterNames });
        }
        writeRawData(data, props.additionalData, OWNED);
      },
    }),
    agent: () => ({
      type: 'NodeAttestor',
      name: 'aws_iid',
      configure: (data, pod) => {
        if (props.ec2MetadataEndpoint === undefined) {
          callNodeMetadata(pod);
        } else {
          pod.network.callUrl('metadata of the node', props.ec2MetadataEndpoint);
        }
        data.attributes({ ec2_metadata_endpoint: props.ec2MetadataEndpoint });
      },
    }),
  };
}

const OWNED = [
  'access_key_id', 'secret_access_key', 'partition', 'assume_role', 'skip_block_device', 'disable_instance_profile_selectors',
  'account_ids_for_local_validation', 'agent_path_template', 'verify_organization', 'validate_eks_cluster_membership',
];

function requireOrganization(organization: AwsOrganization | undefined): void {
  if (!organization) {
    return;
  }
  const { managementAccountId, assumeOrgRole, accountList, accountMapTtl } = organization;
  const asksAws = managementAccountId !== undefined || assumeOrgRole !== undefined;
  if (accountList ? asksAws : managementAccountId === undefined || assumeOrgRole === undefined) {
    throw new Error('the organization needs managementAccountId and assumeOrgRole together, or accountList without them: keep one of the two ways');
  }
  if (accountMapTtl && accountMapTtl.toMilliseconds() < 60_000) {
    throw new Error(`accountMapTtl ${goDuration(accountMapTtl)} is too short: give at least 1m`);
  }
}

function writeOrganization(data: HclBody, pod: PluginPod, organization: AwsOrganization | undefined): void {
  if (!organization) {
    return;
  }
  if (organization.accountList) {
    pod.requireVersion('accountList of awsIid', '1.15.3');
  }
  data.block('verify_organization').attributes({
    management_account_id: organization.managementAccountId,
    assume_org_role: organization.assumeOrgRole,
    management_account_region: organization.managementAccountRegion,
    org_account_map_ttl: organization.accountMapTtl && goDuration(organization.accountMapTtl),
    account_list_file: pod.file(organization.accountList, 'aws-accounts.json'),
  });
}
