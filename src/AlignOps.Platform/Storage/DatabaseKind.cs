namespace AlignOps.Platform.Storage;

public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
