import { obsAlwaysTrue } from './obs-always-true';
import { obsAnnotationLabel } from './obs-annotation-label';
import { obsDashboard } from './obs-dashboard';
import { obsErrorCodes } from './obs-error-codes';
import { obsExpression } from './obs-expression';
import { obsGaugeRate } from './obs-gauge-rate';
import { obsIstioMetric } from './obs-istio-metric';
import { obsLabel } from './obs-label';
import { obsLabelValue } from './obs-label-value';
import { obsMetric } from './obs-metric';
import { obsMonitorElsewhere } from './obs-monitor-elsewhere';
import { obsMonitorNamespace } from './obs-monitor-namespace';
import { obsMonitorPort } from './obs-monitor-port';
import { obsMonitorSelects } from './obs-monitor-selects';
import { obsNamePattern } from './obs-name-pattern';
import { obsQuantile } from './obs-quantile';
import { obsQuantileLe } from './obs-quantile-le';
import { obsRatio } from './obs-ratio';
import { obsReceiver } from './obs-receiver';
import { obsRecordMissing } from './obs-record-missing';
import { obsReporter } from './obs-reporter';
import { obsRuleSelected } from './obs-rule-selected';
import { obsRuleShape } from './obs-rule-shape';
import { obsRulesConfigMap } from './obs-rules-config-map';
import { obsScrapeTimeout } from './obs-scrape-timeout';
import { obsSpireMetric } from './obs-spire-metric';
import { obsSpireSilent } from './obs-spire-silent';
import { obsTrustDomain } from './obs-trust-domain';
import { obsTrustDomainLabel } from './obs-trust-domain-label';
import { Rule } from '../../rule';

export const OBS_RULES: readonly Rule[] = [
  obsAlwaysTrue,
  obsDashboard,
  obsErrorCodes,
  obsExpression,
  obsIstioMetric,
  obsLabel,
  obsLabelValue,
  obsMetric,
  obsMonitorElsewhere,
  obsMonitorNamespace,
  obsMonitorPort,
  obsNamePattern,
  obsQuantile,
  obsQuantileLe,
  obsRatio,
  obsReporter,
  obsRuleSelected,
  obsRuleShape,
  obsRulesConfigMap,
  obsSpireMetric,
  obsTrustDomain,
  obsSpireSilent,
  obsRecordMissing,
  obsAnnotationLabel,
  obsReceiver,
  obsMonitorSelects,
  obsGaugeRate,
  obsScrapeTimeout,
  obsTrustDomainLabel,
];
