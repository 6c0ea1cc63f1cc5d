using System.Data.Common;
using System.Text.Json;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Promotion.Audit;

/// <summary>Who decided what, in order, in a chain. Rows are only added; the service's turn keeps two writers apart.</summary>
internal sealed class AuditLog(TimeProvider time)
{
    public async Task AppendAsync(IUnitOfWork work, string actor, string action, string pipeline, object content, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(work.Connection, work.Transaction, cancellationToken)
            ?? throw new InvalidDataException("The head of the audit log is gone; nothing can be decided on record until it is restored.");
        var entry = new AuditEntry
        {
            Seq = head.Seq + 1,
            At = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Actor = actor,
            Action = action,
            Pipeline = pipeline,
            Content = JsonSerializer.Serialize(content, JsonSerializerOptions.Web),
            PreviousHash = head.Hash,
        };
        entry = entry with { Hash = AuditChain.Hash(entry) };

        const string Sql = """
            insert into promotion_audit (seq, at, actor, action, pipeline, content, previous_hash, hash)
            values (@Seq, @At, @Actor, @Action, @Pipeline, @Content, @PreviousHash, @Hash);
            update promotion_audit_head set seq = @Seq, hash = @Hash where id = 1;
            """;
        await work.Connection.ExecuteAsync(new CommandDefinition(Sql, entry, work.Transaction, cancellationToken: cancellationToken));
    }

    public static async Task<AuditVerification> VerifyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        const string Sql = "select seq, at, actor, action, pipeline, content, previous_hash as PreviousHash, hash from promotion_audit order by seq";

        // The head first: rows added between the two reads then lie beyond it, and are checked as a part of the chain.
        var head = await HeadAsync(connection, null, cancellationToken);
        return AuditChain.Verify(await connection.QueryAsync<AuditEntry>(new CommandDefinition(Sql, cancellationToken: cancellationToken)), head);
    }

    private static async Task<AuditEntry?> HeadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<AuditEntry>(new CommandDefinition(
            "select seq, hash from promotion_audit_head where id = 1", transaction: transaction, cancellationToken: cancellationToken));
}
