import { ciScripts } from '../../../model/ci-scripts';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsCiToken: Rule = {
  id: 'OPS-CI-TOKEN',
  level: Level.ERROR,
  title: 'a job of CI logs in with a token that it does not get',
  why: 'GitHub gives an OIDC token to jobs with id-token: write only; GitLab took CI_JOB_JWT away in 17.0',
  fix: 'give the job permissions: {id-token: write}, in GitLab id_tokens: {NAME: {aud: …}}',
  source: 'GitHub: permissions for the GITHUB_TOKEN; GitLab: id_tokens',
  check: (system, report) => {
    for (const workflow of system.manifests.filter(({ kind, value }) => kind === '' && Object.keys(asObject(asObject(value).jobs)).length > 0)) {
      for (const [name, job] of Object.entries<Json>(asObject(workflow.value.jobs)).map(([key, one]) => [key, asObject(one)])) {
        const at = asObjects(job.steps).findIndex(step => wantsToken(asText(step.uses), asObject(step.with)));
        // a called workflow has the permissions of its caller, which are not seen
        if (at >= 0 && !mayHaveToken(job.permissions ?? workflow.value.permissions) && !isCalled(workflow.value)) {
          report.at(workflow, ['jobs', name, 'steps', at], `${asText(job.steps[at].uses)} asks for an OIDC token, and job ${name} has no permission id-token: write`);
        }
      }
    }
    for (const script of ciScripts(system)) {
      script.text.split('\n').forEach((line, i) => {
        const variable = /\$\{?(CI_JOB_JWT(?:_V[12])?)\b/.exec(line)?.[1];
        if (variable !== undefined && !isSet(script.manifest?.value, variable)) report.in(script, i + 1, `GitLab sets ${variable} no more`);
      });
    }
  },
};

/** Whether an action logs in with the token of the job, and with nothing else. */
function wantsToken(uses: string, given: Json): boolean {
  const action = uses.replace(/@.*$/, '');
  const has = (name: string): boolean => asText(given[name]) !== '';
  if (action === 'hashicorp/vault-action') return asText(given.method) === 'jwt' && !has('jwtPrivateKey');
  if (action === 'aws-actions/configure-aws-credentials') return has('role-to-assume') && !has('aws-access-key-id') && !has('web-identity-token-file') && asText(given['role-chaining']) !== 'true';
  if (action === 'google-github-actions/auth') return has('workload_identity_provider');
  return action === 'azure/login' && has('client-id') && !has('creds') && asText(given['auth-type']) !== 'IDENTITY';
}

function mayHaveToken(permissions: Json): boolean {
  return permissions === 'write-all' || asObject(permissions)['id-token'] === 'write' || asText(permissions).includes('$');
}

function isCalled({ on: events }: Json): boolean {
  return events === 'workflow_call' || Array.isArray(events) && events.includes('workflow_call') || Object.keys(asObject(events)).includes('workflow_call');
}

/** Whether a pipeline gives itself the variable under its old name. */
function isSet(pipeline: Json, variable: string): boolean {
  return new RegExp(`"${variable}"\\s*:`).test(JSON.stringify(pipeline ?? {}));
}
