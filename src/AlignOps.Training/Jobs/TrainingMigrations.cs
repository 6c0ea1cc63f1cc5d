using AlignOps.Platform.Storage;

namespace AlignOps.Training.Jobs;

internal static class TrainingMigrations
{
    public const string Service = "training";

    public static readonly Migration Candidates = new(
        Service,
        1,
        """
        create table training_candidate (
            run_id text primary key,
            checkpoint text not null,
            adapter text not null,
            metrics_digest text not null,
            steps integer not null,
            tokens bigint not null,
            final_loss double precision not null,
            examples integer not null,
            skipped text not null,
            eval_accuracy double precision,
            eval_nll double precision,
            at bigint not null
        )
        """);

    public static readonly Migration Views = new(
        Service,
        2,
        """
        create view training_v_candidates as
            select run_id, checkpoint, adapter, metrics_digest, steps, tokens, final_loss, examples, skipped, eval_accuracy, eval_nll, at from training_candidate
        """);
}
