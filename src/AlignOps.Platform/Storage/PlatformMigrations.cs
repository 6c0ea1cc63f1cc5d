using AlignOps.Platform.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Platform.Storage;

internal static class PlatformMigrations
{
    public const string Service = "platform";

    public static IServiceCollection AddPlatformMigrations(this IServiceCollection services) => services
        .AddMigration(Service, 1, """
            create table platform_outbox(
              row_id text primary key,
              message_id text not null,
              seq bigint not null,
              kind text not null,
              destination text,
              entity text not null,
              body text not null,
              delivery integer not null,
              attempts integer not null,
              last_error text,
              not_before bigint not null,
              sent_at bigint,
              created_at bigint not null);
            create index platform_outbox_due on platform_outbox(seq) where sent_at is null;
            create index platform_outbox_message on platform_outbox(message_id);

            create table platform_inbox(
              message_id text not null,
              consumer text not null,
              consumed_at bigint not null,
              primary key(message_id, consumer));
            create index platform_inbox_age on platform_inbox(consumed_at);

            create table platform_dead_letter(
              message_id text not null,
              consumer text not null,
              entity text not null,
              body text not null,
              deliveries integer not null,
              error text not null,
              dead_at bigint not null,
              primary key(message_id, consumer));
            """)
        .AddMigration(Service, 2, """
            create table platform_job(
              job_id text primary key,
              kind text not null,
              job_key text not null,
              run_id text not null,
              payload text not null,
              state text not null,
              owner text,
              lease_until bigint not null,
              fence bigint not null,
              attempt integer not null,
              failures integer not null,
              losses integer not null,
              not_before bigint not null,
              fraction double precision not null,
              detail text,
              checkpoint text,
              summary text,
              error_code text,
              error text,
              created_at bigint not null,
              started_at bigint,
              ended_at bigint,
              unique(kind, job_key));
            create index platform_job_open on platform_job(kind, created_at) where state in ('queued', 'running');

            create view platform_v_jobs as
              select job_id, kind, job_key, run_id, state, owner, attempt, fraction, detail, summary, error_code, error, created_at, started_at, ended_at
              from platform_job;
            """)
        .AddMigration(Service, 3, """
            create table platform_access_key(
              name text primary key,
              role text not null,
              key_hash text not null unique,
              created_by text not null,
              created_at bigint not null);
            """)
        .AddMigration(Service, 4, "alter table platform_job add column result_messages text")
        .AddMigration(Service, 5, """
            alter table platform_outbox add column trace_parent text;
            alter table platform_job add column trace_parent text;

            create table platform_trace(
              subject text primary key,
              trace_parent text not null,
              at bigint not null);

            create view platform_v_traces as
              select subject, trace_parent, at from platform_trace;
            """);
}
