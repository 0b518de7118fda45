import * as z from 'zod';

/** An office's registered URL. */
export const EndpointId = z
  .string()
  .regex(/^we_[0-9A-HJKMNP-TV-Z]{26}$/)
  .brand<'EndpointId'>();
export type EndpointId = z.infer<typeof EndpointId>;

/** Body of `POST /v1/endpoints`. `types`: a type of fact, a family such as `offer.*`, or `*`. */
export const RegisterEndpoint = z.strictObject({
  url: z.string().min(1),
  types: z
    .array(z.string().regex(/^(\*|[a-z-]+\.(\*|[a-z-]+\.v[1-9]\d*))$/))
    .min(1)
    .max(50),
  description: z.string().max(200).optional(),
});
export type RegisterEndpoint = z.infer<typeof RegisterEndpoint>;
