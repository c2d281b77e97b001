import { requireText } from './input';

/**
 * An identity in a cloud that the pods of SPIRE take through their service account, without any secret.
 */
export class CloudIdentity {
  /**
   * An IAM role for service accounts of EKS.
   *
   * Throws when it is no ARN of a role.
   *
   * @param roleArn the ARN of the role
   */
  public static aws(roleArn: string): CloudIdentity {
    if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(roleArn)) {
      throw new Error(`role '${roleArn}' is no ARN of an IAM role: write it as 'arn:aws:iam::123456789012:role/spire-server'`);
    }
    return new CloudIdentity('aws', { 'eks.amazonaws.com/role-arn': roleArn }, {});
  }

  /**
   * A Google service account through Workload Identity Federation for GKE.
   *
   * Throws when it is no e-mail address of a service account.
   *
   * @param serviceAccount the e-mail address of the Google service account
   */
  public static gcp(serviceAccount: string): CloudIdentity {
    if (!/^[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com$/.test(serviceAccount)) {
      throw new Error(`service account '${serviceAccount}' is no Google service account: write it as 'spire@my-project.iam.gserviceaccount.com'`);
    }
    return new CloudIdentity('gcp', { 'iam.gke.io/gcp-service-account': serviceAccount }, {});
  }

  /**
   * A managed identity or application through Microsoft Entra Workload ID.
   *
   * Throws when the client ID is empty.
   *
   * @param clientId the client ID of the identity
   */
  public static azure(clientId: string): CloudIdentity {
    requireText('clientId', clientId);
    return new CloudIdentity('azure', { 'azure.workload.identity/client-id': clientId }, { 'azure.workload.identity/use': 'true' });
  }

  private constructor(
    /**
     * @internal
     */
    public readonly _cloud: 'aws' | 'gcp' | 'azure',
    private readonly annotations: { readonly [key: string]: string },
    private readonly labels: { readonly [key: string]: string },
  ) {}

  /**
   * @internal
   */
  public _serviceAccountAnnotations(): { readonly [key: string]: string } {
    return this.annotations;
  }

  /**
   * @internal
   */
  public _podLabels(): { readonly [key: string]: string } {
    return this.labels;
  }
}
