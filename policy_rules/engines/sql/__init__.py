"""The engine `sql`: rules as queries, for the tables of any database."""
