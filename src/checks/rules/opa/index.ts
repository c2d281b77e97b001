import { opaAddress } from './opa-address';
import { opaBundleProbe } from './opa-bundle-probe';
import { opaData } from './opa-data';
import { opaDecisionPath } from './opa-decision-path';
import { opaDryRun } from './opa-dry-run';
import { opaIdentityHeader } from './opa-identity-header';
import { opaInputField } from './opa-input-field';
import { opaLoadedPath } from './opa-loaded-path';
import { opaNever } from './opa-never';
import { opaNoConfig } from './opa-no-config';
import { opaNoPlugin } from './opa-no-plugin';
import { opaNoService } from './opa-no-service';
import { opaOldRegoImage } from './opa-old-rego-image';
import { opaOpenApi } from './opa-open-api';
import { opaOpenDefault } from './opa-open-default';
import { opaPath } from './opa-path';
import { opaPlugin } from './opa-plugin';
import { opaPolicyFolder } from './opa-policy-folder';
import { opaPort } from './opa-port';
import { opaPrefix } from './opa-prefix';
import { opaPrincipal } from './opa-principal';
import { opaProbe } from './opa-probe';
import { opaRateLimit } from './opa-rate-limit';
import { opaRegoV0 } from './opa-rego-v0';
import { opaServiceUnknown } from './opa-service-unknown';
import { opaSpiffeIndex } from './opa-spiffe-index';
import { opaUndefinedDecision } from './opa-undefined-decision';
import { opaUnreadable } from './opa-unreadable';
import { opaXfcc } from './opa-xfcc';
import { Rule } from '../../rule';

export const OPA_RULES: readonly Rule[] = [
  opaAddress,
  opaBundleProbe,
  opaData,
  opaDecisionPath,
  opaDryRun,
  opaIdentityHeader,
  opaInputField,
  opaLoadedPath,
  opaNever,
  opaNoConfig,
  opaNoPlugin,
  opaNoService,
  opaOldRegoImage,
  opaOpenApi,
  opaOpenDefault,
  opaPath,
  opaPlugin,
  opaPolicyFolder,
  opaPort,
  opaPrefix,
  opaPrincipal,
  opaProbe,
  opaRateLimit,
  opaRegoV0,
  opaServiceUnknown,
  opaSpiffeIndex,
  opaUndefinedDecision,
  opaUnreadable,
  opaXfcc,
];
