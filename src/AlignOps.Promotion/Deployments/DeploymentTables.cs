namespace AlignOps.Promotion.Deployments;

internal static class DeploymentTables
{
    /// <summary>A deployment is a run's, so it goes by the run's id. Thumbs are kept in the order they were taken in: the order is the test's.</summary>
    public const string Sql = """
        create table promotion_deployment (
            run_id               text             not null primary key,
            pipeline             text             not null,
            definition_digest    text             not null,
            checkpoint           text             not null,
            adapter              text,
            champion_checkpoint  text             not null,
            champion_adapter     text,
            champion_version     bigint           not null,
            record_digest        text             not null,
            promoted_by          text             not null,
            promoted_because     text             not null,
            stage                text             not null,
            step                 bigint           not null,
            share                double precision not null,
            active               bigint           not null,
            version              bigint,
            revision             bigint           not null,
            since                bigint           not null,
            started_at           bigint           not null,
            metric               text             not null,
            e_value              double precision not null,
            bound                double precision not null,
            thumbs_up            bigint           not null,
            thumbs_down          bigint           not null,
            champion_thumbs_up   bigint           not null,
            champion_thumbs_down bigint           not null,
            champion_limit       double precision not null,
            requests             bigint           not null,
            reason               text             not null,
            decided_by           text             not null
        );
        create index promotion_deployment_active on promotion_deployment (active, pipeline);

        create table promotion_deployment_thumb (
            run_id       text   not null,
            seq          bigint not null,
            inference_id text   not null,
            cluster_key  text   not null,
            arm          text   not null,
            down         bigint not null,
            counted      bigint not null,
            at           bigint not null,
            primary key (run_id, seq)
        );
        create unique index promotion_deployment_thumb_once on promotion_deployment_thumb (run_id, inference_id);
        create index promotion_deployment_thumb_cluster on promotion_deployment_thumb (run_id, cluster_key);

        create view promotion_v_deployments as
        select run_id, pipeline, checkpoint, adapter, champion_checkpoint, champion_adapter, version, stage, share, active, metric, e_value, bound,
               thumbs_up, thumbs_down, champion_thumbs_up, champion_thumbs_down, requests, since, started_at, reason, decided_by
        from promotion_deployment;

        alter table promotion_champion add column held_how text;

        drop view promotion_v_champions;

        create view promotion_v_champions as
        select pipeline, checkpoint, adapter, version, anchor_checkpoint, anchor_adapter, cause, decided_by, since, held_by, held_reason from promotion_champion;
        """;
}
