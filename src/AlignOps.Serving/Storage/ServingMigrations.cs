using AlignOps.Platform.Storage;

namespace AlignOps.Serving.Storage;

internal static class ServingMigrations
{
    public const string Service = "serving";

    public static IEnumerable<Migration> All => [new(Service, 1, Tables), new(Service, 2, Roles), new(Service, 3, Thumbs)];

    /// <summary>Thumbs with what was asked and answered, for whoever learns from them; an answer that an operator forced or a limit ended teaches nothing.</summary>
    private const string Thumbs =
        """
        create view serving_v_thumbs as
            select f.feedback_id, f.pipeline, f.label, f.comment as text, f.at, i.request, i.answer
            from serving_feedback f join serving_inference i on i.inference_id = f.inference_id
            where f.label in ('up', 'down') and f.forced = 0 and i.finish_reason = 'stop';
        """;

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

    /// <summary>Which model answered in which role, for whom, and how long it took. A feedback keeps this of its answer, which is forgotten sooner.</summary>
    private const string Roles =
        """
        alter table serving_inference add column role text not null default 'champion';
        alter table serving_inference add column checkpoint text not null default '';
        alter table serving_inference add column adapter text;
        alter table serving_inference add column deployment_id text;
        alter table serving_inference add column cluster_key text not null default '';
        alter table serving_inference add column forced integer not null default 0;
        alter table serving_inference add column milliseconds bigint not null default 0;
        alter table serving_inference add column error text;
        create index serving_inference_deployment on serving_inference (deployment_id, at);

        alter table serving_feedback add column role text not null default 'champion';
        alter table serving_feedback add column checkpoint text not null default '';
        alter table serving_feedback add column adapter text;
        alter table serving_feedback add column deployment_id text;
        alter table serving_feedback add column cluster_key text not null default '';
        alter table serving_feedback add column forced integer not null default 0;
        create index serving_feedback_deployment on serving_feedback (deployment_id, at);

        drop view serving_v_feedback;

        create view serving_v_feedback as
            select inference_id, pipeline, label, score, comment as text, given_by, at, feedback_id, role, checkpoint, adapter, deployment_id, cluster_key, forced
            from serving_feedback;

        create view serving_v_inferences as
            select inference_id, pipeline, version, at, role, checkpoint, adapter, deployment_id, cluster_key, forced, milliseconds,
                   case when error is null then 0 else 1 end as failed
            from serving_inference;
        """;
}
