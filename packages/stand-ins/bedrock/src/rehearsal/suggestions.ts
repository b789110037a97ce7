/** Questions of the demo's stories, by the channel of the demo company in which they fit. */
export const suggestions: Readonly<Record<string, readonly string[]>> = {
  'payments-oncall': [
    'who is on call for payments, and is anything on fire?',
    'what happened with INC-482, and what is done every evening?',
    'when does PAY-1432 go out?',
    'how do I replay unmatched settlements?',
    'what did we decide about the settlement lag in #payments-alerts?',
    'analyse the PAY board',
  ],
  'it-help': ['how do I report a lost laptop, and who has to know?', 'how do I get access to the VPN?'],
  releases: ['when is the release freeze, and what is exempt?', 'how does a release reach production?'],
  general: ['what happens on my first day?', 'what does our expenses policy say about hotels?', 'how do I book parental leave?'],
};

/** For every other place. */
export const otherSuggestions = ['what can you help me with?', 'how do I report a security incident?', 'how much is 37 * 43?'] as const;
