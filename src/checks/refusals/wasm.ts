import { Judge, Judges, Problem, problemsOf, text } from './places';
import { goRequestUriFault, goUrlFault } from '../../formats/go-url';
import { isFilledIn } from '../../model/filled-in';
import { Json, asObjects, asText } from '../../model/manifest';
import { Refusal, portRefusal } from '../../model/mesh/refused-values';

const SCHEMES = ['file', 'http', 'https', 'oci'];
const LONGEST = 256;

function atMost(most: number): Judge {
  return text(value => value.length > most ? `it has ${value.length} characters: ${most} are taken at most` : undefined);
}

/** What Istio refuses in a module of WebAssembly, and in how it is run. */
const MODULE: Judges = {
  'url': text(urlRefusal),
  'sha256': text(hashRefusal),
  'imagePullSecret|pluginName': text(value => value === '' ? 'an empty value is not taken: remove it' : undefined),
  'imagePullSecret': atMost(253),
  'pluginName': atMost(LONGEST),
  'vmConfig.env': variableProblems,
};

const PORTS: Judges = { 'match.*.ports.*.number': portRefusal };

export const WASM_PLUGIN: Judges = { ...MODULE, ...PORTS };

export const TRAFFIC_EXTENSION: Judges = {
  ...PORTS,
  '': ({ wasm, lua }) => (wasm === undefined) === (lua === undefined) ? 'exactly one of wasm and lua is wanted' : undefined,
  'wasm': value => problemsOf(MODULE, value, []),
  'lua.inlineCode': text(code => code === '' ? 'inlineCode is empty' : code.length > 65536 ? 'inlineCode has more than 64 KiB' : undefined),
};

function urlRefusal(url: string): Refusal {
  if (url === '') return 'the URL is empty';
  if (isFilledIn(url)) return undefined;
  // what has no scheme is taken for an image
  const whole = goRequestUriFault(url) === undefined ? url : `http://${url}`;
  const fault = goRequestUriFault(whole) ?? goUrlFault(whole);
  if (fault !== undefined) return `"${url}" is no URL: it ${fault}`;
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(whole)?.[1].toLowerCase();
  // Go takes the host before a port for one
  if (scheme?.includes('.')) return `"${url}" has no scheme: write oci://${url}`;
  return scheme === undefined || SCHEMES.includes(scheme) ? undefined : `"${url}" has scheme ${scheme}: ${SCHEMES.join(', ')} are taken`;
}

function hashRefusal(hash: string): Refusal {
  return hash === '' || isFilledIn(hash) || /^[a-f0-9]{64}$/.test(hash) ? undefined : `sha256 "${hash.slice(0, 70)}" is not of 64 digits and letters from a to f`;
}

function variableProblems(list: Json): Problem[] {
  const names = asObjects(list).map(({ name }) => asText(name));
  return asObjects(list).flatMap(({ name, value, valueFrom }, i): Problem[] => {
    const found: Problem[] = [];
    if (name === '') found.push([[i, 'name'], 'a variable has no name']);
    if (names[i].length > LONGEST) found.push([[i, 'name'], `a name of ${names[i].length} characters: ${LONGEST} are taken at most`]);
    if (names[i] !== '' && names.indexOf(names[i]) < i) found.push([[i, 'name'], `variable ${names[i]} is there already`]);
    if (valueFrom === 'HOST' && asText(value) !== '') found.push([[i, 'value'], `variable ${names[i]} has a value beside valueFrom HOST`]);
    return found;
  });
}
