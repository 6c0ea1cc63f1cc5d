using AlignOps.Platform.Storage;

namespace AlignOps.Synthesis.Jobs;

internal static class SynthesisMigrations
{
    public const string Service = "synthesis";

    public static readonly Migration Results = new(
        Service,
        1,
        """
        create table synthesis_result (
            run_id text primary key,
            digest text not null,
            synthetic_rows integer not null,
            prompts integer not null,
            samples integer not null,
            cut integer not null,
            unscored integer not null,
            repeated integer not null,
            level integer not null,
            agreement double precision not null,
            agreement_lower double precision not null,
            agreement_rows integer not null,
            note text,
            at bigint not null
        )
        """);
}
