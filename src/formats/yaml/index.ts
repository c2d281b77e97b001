export * from './block-emitter';
