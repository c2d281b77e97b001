import { ApiObject, App, Chart, Lazy, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { copiedJson } from '../../src/app/object-json';
import { stringifyTree } from '../../src/formats/yaml';

const scalar = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(fc.string({ maxLength: 4 }), tie('tree'), { maxKeys: 3 }),
    tie('tree').map((value) => Lazy.any({ produce: () => value }))),
}));
const texts = fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 3 });
const metadata = fc.record({
  name: fc.string({ minLength: 1, maxLength: 4 }),
  namespace: fc.string({ maxLength: 4 }),
  labels: texts,
  annotations: texts,
  finalizers: fc.array(fc.string({ maxLength: 4 }), { maxLength: 2 }),
  ownerReferences: fc.array(texts, { maxLength: 2 }),
  own: tree,
}, { requiredKeys: [] });

function outcome(render: () => unknown): string {
  try {
    return JSON.stringify(render());
  } catch (error) {
    return `fails: ${error}`;
  }
}

test.each([undefined, 'true'])('an object is what cdk8s makes of it, CDK8S_DISABLE_SORT=%s', (unsorted) => {
  if (unsorted) {
    process.env.CDK8S_DISABLE_SORT = unsorted;
  }
  try {
    fc.assert(fc.property(metadata, tree, (own, spec) => {
      const object = new ApiObject(new Chart(new App(), 'chart'), 'object', { apiVersion: 'v1', kind: 'Thing', metadata: own as any, spec } as any);
      object.metadata.add('more', spec);
      expect(outcome(() => copiedJson(object) ?? object.toJson())).toBe(outcome(() => object.toJson()));
      const copy = copiedJson(object);
      if (copy !== undefined) {
        expect(stringifyTree(copy)).toBe(Yaml.stringify(object.toJson()));
      }
    }), { numRuns: 300 });
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
});
