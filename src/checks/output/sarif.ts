import { Outcome } from '../engine';
import { Level } from '../finding';
import { Rule } from '../rule';

const LEVELS = { [Level.ERROR]: 'error', [Level.WARNING]: 'warning', [Level.INFO]: 'note' };

/** The outcome as SARIF 2.1.0, which code hosts show beside the lines. */
export function toSarif({ findings }: Outcome, rules: readonly Rule[]): string {
  const used = rules.filter(rule => findings.some(finding => finding.rule === rule.id));
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk8s-spiffe',
          rules: used.map(rule => ({
            id: rule.id,
            shortDescription: { text: rule.title },
            fullDescription: { text: rule.why },
            help: { text: rule.fix },
            defaultConfiguration: { level: LEVELS[rule.level] },
          })),
        },
      },
      results: findings.map(finding => ({
        ruleId: finding.rule,
        level: LEVELS[finding.level],
        message: { text: `${finding.message}. Fix: ${finding.fix}` },
        locations: [{
          physicalLocation: { artifactLocation: { uri: encodeURI(finding.file.replace(/\\/g, '/')) }, region: { startLine: Math.max(finding.line, 1) } },
        }],
      })),
    }],
  };
  return `${JSON.stringify(sarif, undefined, 2)}\n`;
}
