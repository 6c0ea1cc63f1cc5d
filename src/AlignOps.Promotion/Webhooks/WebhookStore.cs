using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Audit;
using Dapper;

namespace AlignOps.Promotion.Webhooks;

/// <summary>Deliveries, and how far into the audit log decisions have been taken over.</summary>
internal static class WebhookStore
{
    public const string Sql = """
        create table promotion_webhook (
            delivery_id text    not null primary key,
            seq         bigint  not null,
            pipeline    text    not null,
            url         text    not null,
            secret      text    not null,
            event       text    not null,
            body        text    not null,
            state       text    not null,
            attempts    integer not null,
            status      integer,
            fault       text,
            not_before  bigint  not null,
            created_at  bigint  not null,
            ended_at    bigint
        );
        create index promotion_webhook_due on promotion_webhook (state, not_before);

        create table promotion_webhook_cursor (id bigint not null primary key, seq bigint not null);
        insert into promotion_webhook_cursor (id, seq) select 1, seq from promotion_audit_head;

        create view promotion_v_webhooks as
        select delivery_id, pipeline, url, event, state, attempts, status, fault, not_before, created_at, ended_at from promotion_webhook;
        """;

    private const string Columns =
        """
        delivery_id as DeliveryId, pipeline as Pipeline, url as Url, secret as Secret, event as Event, body as Body, state as State, attempts as Attempts,
        status as Status, fault as Fault, not_before as NotBefore, created_at as CreatedAt, ended_at as EndedAt
        """;

    /// <summary>Decisions that no endpoint has been told of yet, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> NewAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<AuditEntry>(new CommandDefinition(
            """
            select seq, at, actor, action, pipeline, content, hash from promotion_audit
            where seq > (select seq from promotion_webhook_cursor where id = 1) order by seq limit 100
            """,
            transaction: transaction, cancellationToken: cancellationToken))).AsList();

    public static Task MoveOnAsync(IUnitOfWork work, long seq, CancellationToken cancellationToken) =>
        ExecuteAsync(work, "update promotion_webhook_cursor set seq = @seq where id = 1", new { seq }, cancellationToken);

    public static Task AddAsync(IUnitOfWork work, AuditEntry entry, WebhookEndpoint endpoint, long now, CancellationToken cancellationToken) => ExecuteAsync(
        work,
        """
        insert into promotion_webhook (delivery_id, seq, pipeline, url, secret, event, body, state, attempts, not_before, created_at)
        values (@id, @Seq, @Pipeline, @Url, @Secret, @Action, @body, 'pending', 0, @now, @now) on conflict (delivery_id) do nothing
        """,
        new { id = IdOf(entry, endpoint), entry.Seq, entry.Pipeline, endpoint.Url, endpoint.Secret, entry.Action, body = BodyOf(entry), now }, cancellationToken);

    public static async Task<IReadOnlyList<WebhookDelivery>> DueAsync(DbConnection connection, long now, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<WebhookDelivery>(new CommandDefinition(
            $"select {Columns} from promotion_webhook where state = 'pending' and not_before <= @now order by seq limit 32", new { now }, cancellationToken: cancellationToken))).AsList();

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<WebhookDelivery>> ListAsync(DbConnection connection, string pipeline, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<WebhookDelivery>(new CommandDefinition(
            $"select {Columns} from promotion_webhook where pipeline = @pipeline order by seq desc, url limit 100", new { pipeline }, cancellationToken: cancellationToken))).AsList();

    /// <summary>Takes an attempt, so that no other process makes it too; false where one has.</summary>
    public static async Task<bool> TakeAsync(IUnitOfWork work, WebhookDelivery delivery, long until, CancellationToken cancellationToken) => await ExecuteAsync(
        work,
        "update promotion_webhook set attempts = attempts + 1, not_before = @until where delivery_id = @DeliveryId and state = 'pending' and attempts = @Attempts",
        new { delivery.DeliveryId, delivery.Attempts, until }, cancellationToken) == 1;

    public static Task RecordAsync(IUnitOfWork work, string deliveryId, string state, int? status, string? fault, long notBefore, long? endedAt, CancellationToken cancellationToken) => ExecuteAsync(
        work,
        "update promotion_webhook set state = @state, status = @status, fault = @fault, not_before = @notBefore, ended_at = @endedAt where delivery_id = @deliveryId",
        new { deliveryId, state, status, fault, notBefore, endedAt }, cancellationToken);

    private static string IdOf(AuditEntry entry, WebhookEndpoint endpoint) =>
        "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Hash}\n{endpoint.Url}\n{endpoint.Secret}")))[..32];

    private static string BodyOf(AuditEntry entry) => JsonSerializer.Serialize(
        new
        {
            type = entry.Action,
            timestamp = DateTimeOffset.FromUnixTimeMilliseconds(entry.At),
            data = new { entry.Pipeline, entry.Actor, entry.Seq, entry.Hash, content = JsonNode.Parse(entry.Content) },
        },
        JsonSerializerOptions.Web);

    private static Task<int> ExecuteAsync(IUnitOfWork work, string sql, object parameters, CancellationToken cancellationToken) =>
        work.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, work.Transaction, cancellationToken: cancellationToken));
}
