import { below, exactlyOneOf, filled, form, labelName, objectName, oneOf, port, portName, words } from './forms';
import { isFilledIn } from '../../../model/filled-in';
import { isObjectName, isStandIn } from '../../../model/kubernetes/forms';
import { Json, asText } from '../../../model/manifest';
import { Judges, Problem } from '../places';

const HOST_WANTED = 'a name in DNS in small letters is wanted, without scheme and port, perhaps with *. before it';
const host = form(value => value === '' || isObjectName(value.replace(/^\*\./, '')) && !/^[\d.]+$/.test(value), HOST_WANTED, isStandIn);

const BACKEND: Judges = {
  '': oneOf('service', 'resource'),
  'service.name': labelName,
  'service.port': exactlyOneOf('name', 'number'),
  'service.port.number': port,
  'service.port.name': portName,
};

export const INGRESS: Judges = {
  'ingressClassName': objectName,
  'tls.*.hosts.*': host,
  'tls.*.secretName': objectName,
  ...below('defaultBackend', BACKEND),
  'rules.*.host': host,
  'rules.*.http.paths': filled,
  'rules.*.http.paths.*': pathProblems,
  'rules.*.http.paths.*.pathType': words('Exact', 'Prefix', 'ImplementationSpecific'),
  ...below('rules.*.http.paths.*.backend', BACKEND),
};

const STEPS = ['//', '/./', '/../'];

/** The path of a rule: where the controller compares it as it is, it is a clean one. */
function pathProblems({ path, pathType }: Json): Problem[] {
  const text = asText(path);
  const found: Problem[] = [];
  if (isFilledIn(text)) return found;
  if (text !== '' && !text.startsWith('/')) return [...found, [['path'], `is "${text}": an absolute path is wanted`]];
  if (!['Exact', 'Prefix'].includes(pathType)) return found;
  const step = STEPS.find(one => text.includes(one));
  if (text === '') return [...found, [[], `has no path, which pathType ${pathType} needs`]];
  return step === undefined ? found : [...found, [['path'], `is "${text}": ${step} is not taken with pathType ${pathType}`]];
}
