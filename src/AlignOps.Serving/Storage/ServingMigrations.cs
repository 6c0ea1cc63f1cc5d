using AlignOps.Platform.Storage;

namespace AlignOps.Serving.Storage;

internal static class ServingMigrations
{
    public const string Service = "serving";

    public static IEnumerable<Migration> All => [new(Service, 1, Tables)];

    private const string Tables =
        """
        create table serving_inference (
            inference_id text primary key,
            pipeline text not null,
            version integer not null,
            at bigint not null,
            prompt_tokens integer not null,
            completion_tokens integer not null,
            finish_reason text not null,
            asked_by text not null,
            request text not null,
            answer text not null
        );
        create index serving_inference_at on serving_inference (at);

        create table serving_feedback (
            feedback_id text primary key,
            inference_id text not null,
            pipeline text not null,
            label text,
            score double precision,
            comment text,
            given_by text not null,
            at bigint not null
        );
        create index serving_feedback_at on serving_feedback (pipeline, at);

        create view serving_v_feedback as
            select inference_id, pipeline, label, score, comment as text, given_by, at from serving_feedback;
        """;
}
