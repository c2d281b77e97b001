import { asObject, asObjects, asText } from '../../../model/manifest';
import { isOlderThan } from '../../../model/mesh/version';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTraceTags: Rule = {
  id: 'MESH-TRACE-TAGS',
  level: Level.ERROR,
  title: 'a tag of traces is literal text',
  why: 'header defaults and literals are not expanded, and no environment variable tells about the connection',
  fix: 'use formatter: {value: "%DOWNSTREAM_PEER_URI_SAN%"}',
  source: 'istio pilot/pkg/networking/core/tracing.go',
  check: (system, report) => {
    const isOld = isOlderThan(system.meshes, 29);
    for (const telemetry of system.all('Telemetry')) {
      asObjects(telemetry.spec.tracing).forEach((tracing, i) => {
        const tags = asObject(tracing.customTags);
        for (const name of Object.keys(tags)) {
          const tag = asObject(tags[name]);
          const path = ['spec', 'tracing', i, 'customTags', name];
          const { header, literal, environment } = tag;
          const text = asText(asObject(header).defaultValue) || asText(asObject(literal).value) || asText(asObject(environment).defaultValue);
          if (/%[A-Z_({]/.test(text)) report.at(telemetry, path, `tag ${name} is the text "${text}"`);
          if (tag.formatter !== undefined && isOld) report.at(telemetry, [...path, 'formatter'], `tag ${name} is a formatter, which Istio has since 1.29 only`, 'use Istio 1.29 or newer');
          const variable = asText(asObject(environment).name);
          if (/^(CONNECTION_|SPIFFE_|SOURCE_|DESTINATION_|DOWNSTREAM_)/.test(variable)) report.at(telemetry, path, `tag ${name}: there is no variable ${variable}`);
        }
      });
    }
  },
};
