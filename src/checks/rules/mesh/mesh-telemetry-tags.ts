import { celFault } from '../../../formats/cel';
import { isFilledIn } from '../../../model/filled-in';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTelemetryTags: Rule = {
  id: 'MESH-TELEMETRY-TAGS',
  level: Level.ERROR,
  title: 'a metric tag has a value that is no CEL expression',
  why: 'the tag stays empty or is the literal text',
  fix: 'write CEL over Envoy attributes, or use the label source_principal, which is there already',
  source: 'istio api telemetry.proto',
  check: (system, report) => {
    for (const telemetry of system.all('Telemetry')) {
      asObjects(telemetry.spec.metrics).forEach((metric, i) => asObjects(metric.overrides).forEach((override, j) => {
        const tags = asObject(override.tagOverrides);
        for (const name of Object.keys(tags)) {
          const { operation, value } = asObject(tags[name]);
          const path = ['spec', 'metrics', i, 'overrides', j, 'tagOverrides', name];
          const isLater = isFilledIn(asText(value)) && !/\$\{\w+\./.test(asText(value));
          const fault = asText(value) === '' || isLater ? undefined : celFault(asText(value));
          if (/%[A-Z_({]/.test(asText(value))) report.at(telemetry, [...path, 'value'], `tag ${name}: "${asText(value)}" is no CEL`);
          else if (fault !== undefined) report.at(telemetry, [...path, 'value'], `tag ${name}: "${asText(value)}" is no CEL: ${fault}`);
          if (operation === 'REMOVE' && value !== undefined) report.at(telemetry, path, `tag ${name}: REMOVE must not have a value`);
          if (operation !== 'REMOVE' && asText(value) === '') report.at(telemetry, path, `tag ${name}: UPSERT needs a value`);
        }
      }));
    }
  },
};
