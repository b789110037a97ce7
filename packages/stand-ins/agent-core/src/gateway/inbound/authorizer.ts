/** How a gateway knows who calls it: tokens of an identity provider, signatures of IAM, or not at all. */
export type Authorizer =
  | {
      readonly kind: 'CUSTOM_JWT';
      /** Ends in `/.well-known/openid-configuration`. */
      readonly discoveryUrl: string;
      /** Compared with the claim `client_id`, which is all a Cognito access token says of its audience. */
      readonly allowedClients?: readonly string[];
      /** Compared with the claim `aud`. */
      readonly allowedAudience?: readonly string[];
      /** One of them has to be in the claim `scope`. */
      readonly allowedScopes?: readonly string[];
    }
  | { readonly kind: 'AWS_IAM' }
  | { readonly kind: 'NONE' };
