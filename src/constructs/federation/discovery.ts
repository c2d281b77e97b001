import { Construct } from 'constructs';
import { Platform } from '../../delivery';
import { RemoteSecret } from '../istio';
import { ISpire } from '../spire';

/**
 * With what the istiod of one cluster reads the API of another.
 */
export function remoteSecrets(reading: ISpire, read: ISpire): RemoteSecret[] {
  const constructs = Construct.isConstruct(reading) ? Platform.of(reading).node.findAll() : [];
  return constructs.filter((construct): construct is RemoteSecret => construct instanceof RemoteSecret)
    .filter(({ _settings: { remoteMesh } }) => remoteMesh.spire === read);
}
