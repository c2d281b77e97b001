import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateSyntax: Rule = {
  id: 'MESH-TEMPLATE-SYNTAX',
  level: Level.ERROR,
  title: 'an injection template does not parse',
  why: 'istiod refuses its injection configuration, and goes on with the one before it or does not start',
  fix: 'close every if, with and range with end',
  source: 'istio pkg/kube/inject/inject.go, ParseTemplates',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      const actions = template.text.replace(/\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}/g, '').match(/\{\{-?\s*(?:if|with|range|block|define|end)\b/g) ?? [];
      const ends = actions.filter(action => action.endsWith('end')).length;
      const opened = actions.length - ends;
      if (opened !== ends) report.in(template, 1, `template ${name} has ${opened} of if, with and range, and ${ends} of end`);
    }
  },
};
