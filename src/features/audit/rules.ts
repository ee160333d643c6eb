/** What admins do that is logged, by the name it is logged under. */
export const ACTIONS = [
  'user.change',
  'user.reset_link',
  'user.remove_second_factor',
  'user.view_sign_ins',
  'user.sign_out',
  'invite.create',
  'invite.revoke',
  'settings.change',
  'mail.test',
  'context.save',
  'context.restore',
  'agent.create',
  'agent.change',
  'endpoint.create',
  'endpoint.change',
  'endpoint.delete',
  'endpoint.pause',
  'endpoint.drain',
  'endpoint.resume',
  'default_model.choose',
  'generation.class',
  'generation.move_to_front',
  'generation.cancel',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Kinds of things that such an act is about. */
export const TARGET_KINDS = [
  'user',
  'invite',
  'instance',
  'endpoint',
  'model',
  'agent',
  'generation',
] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];
