/** What a mention is shown as: of a person or bot (`@U…`) or of a channel (`#C…`); undefined when nobody has that id. */
export type NameOf = (kind: '@' | '#', id: string) => string | undefined;
