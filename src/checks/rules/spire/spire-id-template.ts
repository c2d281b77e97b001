import { pathsOf } from '../../../formats/go-template';
import { Manifest } from '../../../model/manifest';
import { TemplateField, clusterSpiffeIds, sampleOf, templatesOf, trustDomains } from '../../../model/spire/entries';
import { spiffeIdError, trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { unknownField } from '../../template-fields';

export const spireIdTemplate: Rule = {
  id: 'SPIRE-ID-TEMPLATE',
  level: Level.ERROR,
  title: 'a template of a ClusterSPIFFEID gives no valid ID or selector',
  why: 'the webhook refuses it, or every pod counts as podEntryRenderFailures and has no identity',
  fix: 'correct the template',
  source: 'spire-controller-manager api/v1alpha1/clusterspiffeid_webhook.go; observed runs',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      const fields = templatesOf(id);
      if (typeof id.spec.spiffeIDTemplate !== 'string' || id.spec.spiffeIDTemplate === '') report.at(id, ['spec', 'spiffeIDTemplate'], 'spiffeIDTemplate is required');
      for (const field of fields) {
        const problem = field.error !== undefined ? `the template does not parse: ${field.error}` : (field.template && unknownField(field.template)) ?? (field.path[1] === 'spiffeIDTemplate' ? idProblem(field, trustDomains(system)) : undefined);
        if (problem !== undefined) report.at(id, field.path, problem);
      }
      selectorProblems(id, fields).forEach(field => report.at(id, field.path, `"${field.text}" has no type and value divided by a colon`));
    }
  },
};

function idProblem({ template, text }: TemplateField, own: string[]): string | undefined {
  const sample = template && sampleOf(template);
  if (sample === undefined) return undefined;
  const reason = spiffeIdError(sample);
  if (reason !== undefined) return `the ID "${text}" is not valid: ${reason}`;
  if (/^spiffe:\/\/[^/]+\/spire(\/|$)/.test(sample)) return 'the path /spire is reserved';
  const literal = /^spiffe:\/\/([^/{]+)(\/|$)/.exec(text);
  if (literal && own.length > 0 && !own.includes(trustDomainName(literal[1]))) return `the ID is in the trust domain "${literal[1]}", the server has "${own[0]}"`;
  return undefined;
}

function selectorProblems(_id: Manifest, fields: TemplateField[]): TemplateField[] {
  return fields.filter(field => field.path[1] === 'workloadSelectorTemplates' && field.error === undefined && !/^[^:{]+:./.test(field.text)
    && (!field.text.startsWith('{{') || lacksColon(field)));
}

/** Whether a template of names alone gives a text without a colon: only annotations can have one. */
function lacksColon({ template }: TemplateField): boolean {
  if (!template?.straight || pathsOf(template).some(names => names.includes('Annotations'))) return false;
  return sampleOf(template)?.includes(':') === false;
}
