import { inputKustomizeFile } from './input-kustomize-file';
import { inputKustomizeImage } from './input-kustomize-image';
import { inputKustomizeTwice } from './input-kustomize-twice';
import { inputRepeatedKey } from './input-repeated-key';
import { inputRepeatedObject } from './input-repeated-object';
import { inputSchema } from './input-schema';
import { inputText } from './input-text';
import { inputUnknownField } from './input-unknown-field';
import { inputUnreadable } from './input-unreadable';
import { inputValue } from './input-value';
import { Rule } from '../../rule';

export const INPUT_RULES: readonly Rule[] = [
  inputKustomizeFile,
  inputUnreadable,
  inputRepeatedKey,
  inputRepeatedObject,
  inputSchema,
  inputUnknownField,
  inputKustomizeTwice,
  inputKustomizeImage,
  inputText,
  inputValue,
];
