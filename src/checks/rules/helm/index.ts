import { helmIgnored } from './helm-ignored';
import { helmOldImage } from './helm-old-image';
import { helmRefused } from './helm-refused';
import { helmRenamed } from './helm-renamed';
import { helmValue } from './helm-value';
import { Rule } from '../../rule';

export const HELM_RULES: readonly Rule[] = [
  helmIgnored,
  helmOldImage,
  helmRefused,
  helmRenamed,
  helmValue,
];
