"""Steps of the schema, numbered; each says what NULL means in it."""
