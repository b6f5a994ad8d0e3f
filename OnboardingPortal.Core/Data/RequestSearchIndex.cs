namespace OnboardingPortal.Core.Data;

/// <summary>
/// The full-text index over <c>requests.SearchText</c>, which EF Core has no model for; run by a migration of each database.
/// </summary>
internal static class RequestSearchIndex
{
    /// <summary>SQLite: an FTS5 table without a copy of the text, kept by triggers; its row ids are the requests' ids.</summary>
    public const string Sqlite = """
        CREATE VIRTUAL TABLE request_search USING fts5(
            words, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0');
        CREATE TRIGGER request_search_insert AFTER INSERT ON requests WHEN new."SearchText" <> '' BEGIN
            INSERT INTO request_search(rowid, words) VALUES (new."Id", new."SearchText");
        END;
        CREATE TRIGGER request_search_update AFTER UPDATE OF "SearchText" ON requests WHEN old."SearchText" <> new."SearchText" BEGIN
            DELETE FROM request_search WHERE rowid = old."Id";
            INSERT INTO request_search(rowid, words) SELECT new."Id", new."SearchText" WHERE new."SearchText" <> '';
        END;
        CREATE TRIGGER request_search_delete AFTER DELETE ON requests BEGIN
            DELETE FROM request_search WHERE rowid = old."Id";
        END;
        """;

    /// <summary>PostgreSQL: an inverted index over the words.</summary>
    public const string Postgres = """CREATE INDEX "IX_requests_search" ON requests USING gin (to_tsvector('simple', "SearchText"));""";
}
