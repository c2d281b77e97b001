import { opsAwsTrust } from './ops-aws-trust';
import { opsBackupJob } from './ops-backup-job';
import { opsCertificate } from './ops-certificate';
import { opsCiToken } from './ops-ci-token';
import { opsConfigMissing } from './ops-config-missing';
import { opsDbPlaintext } from './ops-db-plaintext';
import { opsDuplicateName } from './ops-duplicate-name';
import { opsEndlessInit } from './ops-endless-init';
import { opsFluxCrds } from './ops-flux-crds';
import { opsFluxHealth } from './ops-flux-health';
import { opsFluxOrder } from './ops-flux-order';
import { opsGeneratorNamespace } from './ops-generator-namespace';
import { opsHardening } from './ops-hardening';
import { opsHostNetworkPolicy } from './ops-host-network-policy';
import { opsHostPort } from './ops-host-port';
import { opsHpa } from './ops-hpa';
import { opsHpaTarget } from './ops-hpa-target';
import { opsIngressBackend } from './ops-ingress-backend';
import { opsIstioctlCommand } from './ops-istioctl-command';
import { opsJobAccount } from './ops-job-account';
import { opsKeysBackup } from './ops-keys-backup';
import { opsKubeJwt } from './ops-kube-jwt';
import { opsLatestImage } from './ops-latest-image';
import { opsLimits } from './ops-limits';
import { opsMissingTool } from './ops-missing-tool';
import { opsNetworkPeer } from './ops-network-peer';
import { opsOldBookinfo } from './ops-old-bookinfo';
import { opsPdb } from './ops-pdb';
import { opsPdbBlocks } from './ops-pdb-blocks';
import { opsPlainPassword } from './ops-plain-password';
import { opsPodSecurity } from './ops-pod-security';
import { opsPodSecurityLabel } from './ops-pod-security-label';
import { opsPolicyClosed } from './ops-policy-closed';
import { opsPolicyDns } from './ops-policy-dns';
import { opsPolicyTypes } from './ops-policy-types';
import { opsProbePort } from './ops-probe-port';
import { opsQuota } from './ops-quota';
import { opsReferenceMissing } from './ops-reference-missing';
import { opsRemovedApi } from './ops-removed-api';
import { opsRoleBinding } from './ops-role-binding';
import { opsRoleMissing } from './ops-role-missing';
import { opsScratchImage } from './ops-scratch-image';
import { opsSecretMode } from './ops-secret-mode';
import { opsSelector } from './ops-selector';
import { opsSelectsNothing } from './ops-selects-nothing';
import { opsServicePort } from './ops-service-port';
import { opsSharedDisk } from './ops-shared-disk';
import { opsSpiffeSubject } from './ops-spiffe-subject';
import { opsSpireCommand } from './ops-spire-command';
import { opsSyncWave } from './ops-sync-wave';
import { opsUnknownVolume } from './ops-unknown-volume';
import { opsUnusedLabel } from './ops-unused-label';
import { opsUrlPort } from './ops-url-port';
import { opsVaultAgent } from './ops-vault-agent';
import { opsVaultAgentWait } from './ops-vault-agent-wait';
import { opsVaultAuth } from './ops-vault-auth';
import { opsVaultJwt } from './ops-vault-jwt';
import { opsVaultOpenRole } from './ops-vault-open-role';
import { opsVaultReference } from './ops-vault-reference';
import { opsVaultScript } from './ops-vault-script';
import { opsVaultSign } from './ops-vault-sign';
import { opsVaultSvid } from './ops-vault-svid';
import { opsVaultTtl } from './ops-vault-ttl';
import { opsVolumeSource } from './ops-volume-source';
import { Rule } from '../../rule';

export const OPS_RULES: readonly Rule[] = [
  opsBackupJob,
  opsConfigMissing,
  opsDbPlaintext,
  opsEndlessInit,
  opsFluxCrds,
  opsFluxHealth,
  opsHardening,
  opsHostNetworkPolicy,
  opsHostPort,
  opsHpa,
  opsIngressBackend,
  opsIstioctlCommand,
  opsJobAccount,
  opsKeysBackup,
  opsKubeJwt,
  opsLatestImage,
  opsLimits,
  opsMissingTool,
  opsOldBookinfo,
  opsPdb,
  opsPlainPassword,
  opsPodSecurity,
  opsPodSecurityLabel,
  opsPolicyTypes,
  opsScratchImage,
  opsSpireCommand,
  opsServicePort,
  opsUnknownVolume,
  opsUnusedLabel,
  opsUrlPort,
  opsVaultJwt,
  opsVaultScript,
  opsVaultAgent,
  opsVaultAuth,
  opsVaultSvid,
  opsVaultTtl,
  opsVolumeSource,
  opsVaultAgentWait,
  opsSyncWave,
  opsFluxOrder,
  opsCertificate,
  opsRemovedApi,
  opsSpiffeSubject,
  opsNetworkPeer,
  opsSelector,
  opsDuplicateName,
  opsProbePort,
  opsSelectsNothing,
  opsPdbBlocks,
  opsHpaTarget,
  opsReferenceMissing,
  opsRoleMissing,
  opsRoleBinding,
  opsQuota,
  opsSharedDisk,
  opsPolicyClosed,
  opsPolicyDns,
  opsSecretMode,
  opsVaultOpenRole,
  opsVaultReference,
  opsVaultSign,
  opsCiToken,
  opsAwsTrust,
  opsGeneratorNamespace,
];
