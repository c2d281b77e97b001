import { base64 } from './data';
import { SELECTOR, below, exactlyOneOf, filled, form, objectName, port, qualifiedName, within, words } from './forms';
import { celFault } from '../../../formats/cel';
import { isFilledIn } from '../../../model/filled-in';
import { isObjectName, isStandIn } from '../../../model/kubernetes/forms';
import { Json, asList, asObjects, asText } from '../../../model/manifest';
import { Judges, Problem, text } from '../places';

/** An expression in CEL; a question mark before a field, a key or an entry means that it may be missing, as the API server's dialect has it. */
const expression = text(value => {
  const fault = isFilledIn(value) || value === '' ? undefined : celFault(value.replace(/\.\?/g, '.').replace(/([[{,]\s*)\?/g, '$1'));
  return fault && `is no expression of CEL: ${fault}`;
});
const CONDITIONS: Judges = {
  'matchConditions.*.name': qualifiedName,
  'matchConditions.*.expression': expression,
};

const RULE: Judges = {
  '': starProblems,
  'apiGroups|apiVersions|operations|resources': filled,
  'operations.*': words('*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'),
  'scope': words('Cluster', 'Namespaced', '*'),
};
const MATCH: Judges = {
  resourceRules: filled,
  matchPolicy: words('Exact', 'Equivalent'),
  ...below('namespaceSelector|objectSelector', SELECTOR),
  ...below('resourceRules|excludeResourceRules.*', RULE),
};

const WEBHOOK: Judges = {
  'name': form(value => isObjectName(value) && value.split('.').length > 2, 'a name in small letters of three parts at least is wanted, such as validation.example.org', isStandIn),
  'failurePolicy': words('Ignore', 'Fail'),
  'matchPolicy': words('Exact', 'Equivalent'),
  'sideEffects': words('None', 'NoneOnDryRun'),
  'reinvocationPolicy': words('Never', 'IfNeeded'),
  'timeoutSeconds': within(1, 30),
  'admissionReviewVersions': versionsRefusal,
  'clientConfig': exactlyOneOf('url', 'service'),
  'clientConfig.url': form(value => /^https:\/\/[^/?#@\s]+(\/[^?#]*)?$/i.test(value), 'a URL such as https://host/path is wanted, without user, query and fragment'),
  'clientConfig.caBundle': base64,
  'clientConfig.service.port': port,
  'clientConfig.service.path': form(value => value === '' || value.startsWith('/') && (value === '/' || !/\/\//.test(value)), 'an absolute path is wanted'),
  ...below('namespaceSelector|objectSelector', SELECTOR),
  ...below('rules.*', RULE),
  ...CONDITIONS,
};

export const WEBHOOKS: Judges = {
  webhooks: sameNameProblems,
  ...below('webhooks.*', WEBHOOK),
};

function versionsRefusal(versions: Json): string | undefined {
  const isSpoken = (version: Json): boolean => ['v1', 'v1beta1'].includes(version) || isFilledIn(asText(version));
  return asList(versions).length === 0 || asList(versions).some(isSpoken) ? undefined : 'has neither v1 nor v1beta1, which the API server speaks';
}

function sameNameProblems(webhooks: Json): Problem[] {
  const names = asObjects(webhooks).map(({ name }) => asText(name));
  return names.flatMap((name, i): Problem[] => name !== '' && names.indexOf(name) < i ? [[[i, 'name'], `is "${name}", as of another webhook`]] : []);
}

/** A star says all, and takes nothing beside it. */
function starProblems(rule: Json): Problem[] {
  return ['apiGroups', 'apiVersions', 'operations'].filter(name => asList(rule[name]).length > 1 && asList(rule[name]).includes('*'))
    .map((name): Problem => [[name], 'has "*" beside others: it is taken alone']);
}

export const ADMISSION_POLICY: Judges = {
  'failurePolicy': words('Ignore', 'Fail'),
  ...below('matchConstraints', MATCH),
  'validations.*.reason': words('Unauthorized', 'Forbidden', 'Invalid', 'RequestEntityTooLarge'),
  'validations.*.expression|messageExpression': expression,
  'variables.*.expression': expression,
  'auditAnnotations.*.valueExpression': expression,
  'variables.*.name': form(value => /^[A-Za-z_]\w*$/.test(value), 'a name in CEL has letters, digits and underscores'),
  ...CONDITIONS,
};

export const ADMISSION_BINDING: Judges = {
  'policyName': objectName,
  'validationActions.*': words('Deny', 'Warn', 'Audit'),
  'validationActions': actions => ['Deny', 'Warn'].every(one => asList(actions).includes(one)) ? 'has Deny and Warn: who is denied is warned already' : undefined,
  'paramRef': exactlyOneOf('name', 'selector'),
  'paramRef.parameterNotFoundAction': words('Allow', 'Deny'),
  ...below('matchResources', MATCH),
};
