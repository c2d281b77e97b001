import { asObject } from '../../../model/manifest';
import { PublishedBundle, publishedBundles } from '../../../model/spire/bundles';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireBundleOwned: Rule = {
  id: 'SPIRE-BUNDLE-OWNED',
  level: Level.ERROR,
  title: 'somebody else owns the key that the server publishes the bundle under',
  why: 'the server applies without force: the key stays as it is for ever, even an empty one',
  fix: 'remove the key from the manifest',
  source: 'observed: runs of SPIRE 1.15.3, k8s_configmap',
  check: (system, report) => {
    const notified = publishedBundles(system).filter(({ notifier }) => notifier);
    for (const bundle of publishedBundles(system)) {
      const other = bundle.notifier ? undefined : notified.find(one => one.server === bundle.server && placeOf(one) === placeOf(bundle));
      if (other) report.in(bundle.server.text, other.line, `Notifier "k8sbundle" and BundlePublisher "k8s_configmap" both write ${placeOf(bundle)}`, 'remove the Notifier');
      const manifest = bundle.notifier || bundle.remote ? undefined : system.find('ConfigMap', bundle.namespace, bundle.name);
      const field = manifest && ['data', 'binaryData'].find(name => asObject(manifest.value[name])[bundle.key] !== undefined);
      if (manifest && field) report.at(manifest, [field, bundle.key], `${field} has the key "${bundle.key}" of the bundle`);
    }
  },
};

function placeOf({ namespace, name, key }: PublishedBundle): string {
  return `${namespace}/${name}/${key}`;
}
