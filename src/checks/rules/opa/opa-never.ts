import { namesOf } from '../../../model/rego';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaNever: Rule = {
  id: 'OPA-NEVER',
  level: Level.ERROR,
  title: 'a policy compares with what a request never has',
  why: 'names of headers come in lower case, methods in upper case, ports as numbers, and paths in parts without slashes: the comparison never holds',
  fix: 'write headers["x-team"], "GET", 8080 and ["api", "users"]',
  source: 'envoy service/auth/v3/attribute_context.proto, HttpRequest',
  check: (system, report) => {
    for (const rego of system.regos) {
      rego.text.split('\n').forEach((line, i) => {
        const code = line.replace(/^\s*#.*$/, '');
        const [, part] = /\binput\.parsed_path(?:\[\d+\]\s*==\s*|\s*==\s*\[(?:"[^"/]*",\s*)*)"([^"]*\/[^"]*)"/.exec(code) ?? [];
        const [, port] = /\bsocketAddress\.portValue\s*[!=]=\s*"(\d+)"/.exec(code) ?? [];
        const text = /\binput\.parsed_path\s*[!=]=\s*("[^"]*")/.exec(code)?.[1];
        if (text !== undefined) report.in(rego, i + 1, `parsed_path is a list of parts, never the text ${text}`);
        if (part !== undefined) report.in(rego, i + 1, `no part of a path is "${part}": parsed_path is divided at the slashes`);
        if (port !== undefined) report.in(rego, i + 1, `portValue is a number, never the text "${port}"`);
      });
    }
    for (const rego of system.regos.filter(({ text }) => /\bhttp\b/.test(text))) {
      const places = (value: string): string => namesOf(rego.text, value).map(name => name.replace(/\./g, '\\.')).join('|');
      const request = namesOf(rego.text, 'input.attributes.request.http');
      const under = (field: string): string => request.map(name => places(`${name}.${field}`)).join('|');
      const header = new RegExp(`(?:^|[^\\w.])(?:${under('headers')})\\["([^"]*[A-Z][^"]*)"\\]`);
      const method = new RegExp(`(?:^|[^\\w.])(?:${under('method')})\\s*[!=]=\\s*"([a-z]+)"`);
      rego.text.split('\n').forEach((line, i) => {
        const code = line.replace(/^\s*#.*$/, '');
        const [, name] = header.exec(code) ?? [];
        const [, verb] = method.exec(code) ?? [];
        if (name !== undefined) report.in(rego, i + 1, `no header is called "${name}": Envoy sends ${name.toLowerCase()}`);
        if (verb !== undefined) report.in(rego, i + 1, `no method is "${verb}": clients send ${verb.toUpperCase()}`);
      });
    }
  },
};
