import { Json, asObject, asObjects } from '../manifest';

/** A projected volume of one ConfigMap or Secret alone as the volume of it, which is the same for whoever mounts it. */
export function plainVolume(volume: Json): Json {
  const { sources, defaultMode } = asObject(volume.projected);
  const [source, ...others] = asObjects(sources);
  if (source === undefined || others.length > 0) return volume;
  const { projected, ...rest } = volume;
  const mode = defaultMode === undefined ? {} : { defaultMode };
  if (source.configMap !== undefined) return { ...rest, configMap: { ...asObject(source.configMap), ...mode } };
  if (source.secret === undefined) return volume;
  const { name, ...secret } = asObject(source.secret);
  return { ...rest, secret: { ...secret, secretName: name, ...mode } };
}
