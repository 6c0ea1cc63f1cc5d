using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Storage;

internal static class PipelinesMigrations
{
    public const string Service = "pipelines";

    public static IEnumerable<Migration> All => [new(Service, 1, Tables), new(Service, 2, Views), new(Service, 3, Starts)];

    /// <summary>The two unique indexes hold what no later code may break: one active run a pipeline, and no batch twice in the same attempt.</summary>
    private const string Tables =
        """
        create table pipelines_definition (
            pipeline text primary key,
            definition_digest text,
            description text not null,
            faults text not null,
            loaded_at bigint not null
        );

        create table pipelines_run (
            run_id text primary key,
            pipeline text not null,
            definition_digest text not null,
            trigger_kind text not null,
            trigger_ref text not null,
            seed bigint not null,
            synthesizes integer not null,
            batch_ids text not null,
            replay_batch_ids text not null,
            start_checkpoint text not null,
            start_adapter text,
            champion_checkpoint text not null,
            champion_adapter text,
            anchor_checkpoint text not null,
            anchor_adapter text,
            state text not null,
            active integer not null,
            dataset_digest text,
            synthetic_digest text,
            candidate_checkpoint text,
            candidate_adapter text,
            evidence_digest text,
            decision text,
            reason text,
            record_digest text,
            win_rate double precision,
            lower double precision,
            items integer,
            last_event integer not null,
            started_at bigint not null,
            state_since bigint not null,
            resends integer not null,
            look_again_at bigint not null,
            ended_at bigint
        );
        create unique index pipelines_run_one_active on pipelines_run (pipeline) where active = 1;
        create index pipelines_run_started on pipelines_run (pipeline, started_at);

        create table pipelines_run_event (
            run_id text not null,
            seq integer not null,
            at bigint not null,
            kind text not null,
            detail text not null,
            primary key (run_id, seq)
        );

        create table pipelines_run_batch (
            run_id text not null,
            pipeline text not null,
            batch_id text not null,
            attempt integer not null,
            primary key (run_id, batch_id)
        );
        create unique index pipelines_run_batch_once on pipelines_run_batch (pipeline, batch_id, attempt);

        create table pipelines_batch (
            batch_id text primary key,
            pipeline text not null,
            state text not null,
            run_id text,
            reason text not null,
            accepted_rows integer not null,
            attempts integer not null,
            alone integer not null,
            received_at bigint not null,
            changed_at bigint not null
        );
        create index pipelines_batch_state on pipelines_batch (pipeline, state);

        create table pipelines_trigger (
            pipeline text not null,
            kind text not null,
            reference text not null,
            state text not null,
            reason text not null,
            run_id text,
            asked_by text not null,
            at bigint not null,
            primary key (pipeline, kind, reference)
        );
        create index pipelines_trigger_state on pipelines_trigger (pipeline, state);
        """;

    private const string Views =
        """
        create view pipelines_v_definitions as
            select pipeline, definition_digest from pipelines_definition where definition_digest is not null;

        create view pipelines_v_runs as
            select run_id, pipeline, definition_digest, trigger_kind, trigger_ref, state, decision, reason, win_rate, lower, items,
                   candidate_checkpoint, candidate_adapter, champion_checkpoint, champion_adapter, dataset_digest, evidence_digest, record_digest,
                   started_at, ended_at
            from pipelines_run;

        create view pipelines_v_batches as
            select batch_id, pipeline, state, run_id, reason from pipelines_batch;

        create view pipelines_v_run_events as
            select run_id, seq, at, kind, detail from pipelines_run_event;
        """;

    private const string Starts =
        """
        create view pipelines_v_run_starts as
            select run_id, start_checkpoint, start_adapter from pipelines_run;
        """;
}
