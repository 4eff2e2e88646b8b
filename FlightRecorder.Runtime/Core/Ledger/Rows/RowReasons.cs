namespace FlightRecorder;

/// <summary>Why the rows that a statement touches are not read, or not wholly; each ends a gap.</summary>
internal static class RowReasons
{
    public const string SeveralStatements = "it is one of several statements sent together";
    public const string SeveralTables = "several tables take part";
    public const string CommonTable = "it changes rows in a common table expression, or beside one";
    public const string NoWhere = "it has no where-clause";
    public const string Calls = "its where-clause calls a function that is not known to be free of side effects, or answers differently each time";
    public const string Locks = "its where-clause locks rows";
    public const string Picks = "its where-clause picks some of several rows";
    public const string Insert = "an INSERT has none before, and the new ones are not looked for";
    public const string Upsert = "which rows an INSERT … ON CONFLICT meets is known only afterwards";
    public const string Merge = "which rows a MERGE meets is known only afterwards";
    public const string Copy = "a COPY tells no keys";
    public const string Truncate = "TRUNCATE has no where-clause";
    public const string Other = "the statement does not say which they are";
    public const string Provider = "only those of PostgreSQL over Npgsql are";
    public const string OldServer = "the server is older than PostgreSQL 12";
    public const string NoConnection = "the data source picks the connection";
    public const string Closed = "the connection is not open";
    public const string Busy = "a reader is open on the connection";
    public const string Cancelled = "the call was cancelled before it began";
    public const string Parameter = "a parameter of its where-clause can't be copied, or is refused by the provider";
    public const string Isolation = "under this isolation level a read of the recorder's own could make the transaction fail";
    public const string FailedTransaction = "the transaction had failed already";
    public const string NotRecorded = "an entity in the same table is not recorded";
    public const string NoTable = "the table was not found, or is a view or a foreign table";
    public const string NoKey = "the table has no primary key to find its rows by afterwards";
    public const string KeyChanges = "the statement changes the key itself";
    public const string ReaderEnds = "the rows were answered with by a reader that closed the connection, or whose end is not seen";

    /// <summary>The gap of a statement without rows.</summary>
    public static GapEntry NotRead(string why) => new("mutations.rows", "the rows of a statement were not read: " + why);

    /// <summary>The gap of a statement without the rows after it.</summary>
    public static GapEntry NotReadAfter(string why) => new("mutations.rows", "the rows after a statement were not read: " + why);
}
