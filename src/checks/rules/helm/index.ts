import { helmIgnored } from './helm-ignored';
import { helmOldImage } from './helm-old-image';
import { helmRefused } from './helm-refused';
import { helmReleaseName } from './helm-release-name';
import { helmRenamed } from './helm-renamed';
import { helmTtl } from './helm-ttl';
import { helmUnknown } from './helm-unknown';
import { helmValue } from './helm-value';
import { Rule } from '../../rule';

export const HELM_RULES: readonly Rule[] = [
  helmIgnored,
  helmOldImage,
  helmRefused,
  helmReleaseName,
  helmRenamed,
  helmTtl,
  helmUnknown,
  helmValue,
];
