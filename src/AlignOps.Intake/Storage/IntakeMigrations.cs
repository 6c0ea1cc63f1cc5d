namespace AlignOps.Intake.Storage;

internal static class IntakeMigrations
{
    public const string Tables =
        """
        create table intake_batch (
            batch_id text primary key,
            pipeline text not null,
            content_hash text not null,
            name text not null,
            requested_format text not null,
            format text not null,
            pushed_by text not null,
            pushed_at bigint not null,
            rows integer not null,
            accepted integer not null,
            duplicate integer not null,
            quarantined integer not null,
            rejected integer not null,
            report text not null
        );
        create index intake_batch_pipeline on intake_batch (pipeline, pushed_at);

        create table intake_row (
            batch_id text not null,
            seq integer not null,
            pipeline text not null,
            line integer not null,
            verdict text not null,
            reason text,
            sentence text,
            format text,
            kind text,
            row_id text,
            envelope text,
            snippet text,
            primary key (batch_id, seq)
        );
        create index intake_row_accepted on intake_row (pipeline, row_id) where verdict = 'accepted';
        create index intake_row_verdict on intake_row (batch_id, verdict, seq);

        create table intake_push (
            pushed_by text not null,
            pipeline text not null,
            idempotency_key text not null,
            content_hash text not null,
            pushed_at bigint not null,
            primary key (pushed_by, pipeline, idempotency_key)
        );

        create table intake_dataset (
            run_id text not null,
            with_synthetic integer not null,
            digest text not null,
            pipeline text not null,
            train_rows integer not null,
            held_out_rows integer not null,
            synthetic_rows integer not null,
            created_at bigint not null,
            primary key (run_id, with_synthetic)
        );
        """;

    /// <summary>Single rows that wait for their batch; a row that has one keeps its place and gives up its content.</summary>
    public const string Waiting =
        """
        create table intake_waiting (
            pipeline text not null,
            row_id text not null,
            pushed_by text not null,
            envelope text not null,
            received_at bigint not null,
            claim text,
            batch_id text,
            primary key (pipeline, row_id)
        );
        create index intake_waiting_open on intake_waiting (pipeline, pushed_by, received_at) where claim is null;
        create index intake_waiting_claim on intake_waiting (claim) where batch_id is null;

        create table intake_served (
            feedback_id text primary key
        );
        """;

    public const string Views =
        """
        create view intake_v_batches as
            select batch_id, pipeline, content_hash, name, format, pushed_by, pushed_at, rows, accepted, duplicate, quarantined, rejected
            from intake_batch;

        create view intake_v_datasets as
            select digest, pipeline, run_id, with_synthetic, train_rows, held_out_rows, synthetic_rows, created_at
            from intake_dataset;
        """;
}
