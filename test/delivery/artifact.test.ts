import { App } from 'cdk8s';
import * as fc from 'fast-check';
import { Artifact } from '../../src/delivery';
import { anyText } from '../support/arbitraries';

const content = { render: () => 'text' };

test('the text is made when it is asked for', () => {
  let text = 'before';
  const artifact = new Artifact(new App(), 'a', { fileName: 'a.yaml', purpose: 'p', content: { render: () => text } });
  text = 'after';
  expect([artifact.render(), artifact.fileName, artifact.purpose]).toEqual(['after', 'a.yaml', 'p']);
});

test('it is told from other constructs', () => {
  const app = new App();
  const artifact = new Artifact(app, 'a', { fileName: 'a', purpose: '', content });
  expect([artifact, app, null, undefined, 'a', {}].map((value) => Artifact.isArtifact(value))).toEqual([true, false, false, false, false, false]);
});

test('a file name that is taken stays in its folder', () => {
  const nearly = fc.string({ unit: fc.constantFrom('a', '.', '..', '/', '\\', '-', ' '), maxLength: 5 });
  fc.assert(fc.property(fc.oneof(nearly, anyText), (fileName) => {
    try {
      expect(new Artifact(new App(), 'a', { fileName, purpose: '', content }).fileName).toBe(fileName);
      expect(fileName).toMatch(/^[^./\\][^/\\]*$/);
    } catch (error) {
      expect((error as Error).message).toContain(`artifact file name '${fileName}' is no file name: use letters`);
    }
  }));
});
