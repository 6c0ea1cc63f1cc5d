namespace AlignOps.Promotion;

internal static class PromotionTables
{
    public const string First = """
        create table promotion_champion (
            pipeline          text   not null primary key,
            checkpoint        text   not null,
            adapter           text,
            version           bigint not null,
            anchor_checkpoint text   not null,
            anchor_adapter    text,
            cause             text   not null,
            decided_by        text   not null,
            since             bigint not null,
            held_by           text,
            held_reason       text
        );

        create table promotion_history (
            pipeline      text   not null,
            version       bigint not null,
            checkpoint    text   not null,
            adapter       text,
            cause         text   not null,
            decided_by    text   not null,
            reason        text   not null,
            run_id        text,
            record_digest text,
            restores      bigint,
            at            bigint not null,
            primary key (pipeline, version)
        );

        create table promotion_gate (
            run_id        text             not null primary key,
            pipeline      text             not null,
            decision      text             not null,
            code          text             not null,
            reason        text             not null,
            record_digest text             not null,
            win_rate      double precision not null,
            lower         double precision not null,
            items         bigint           not null,
            worst_slice   text,
            decided_by    text             not null,
            at            bigint           not null
        );

        create table promotion_audit (
            seq           bigint not null primary key,
            at            bigint not null,
            actor         text   not null,
            action        text   not null,
            pipeline      text   not null,
            content       text   not null,
            previous_hash text   not null,
            hash          text   not null
        );

        create table promotion_audit_head (
            id   bigint not null primary key,
            seq  bigint not null,
            hash text   not null
        );

        insert into promotion_audit_head (id, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

        create view promotion_v_champions as
        select pipeline, checkpoint, adapter, version, anchor_checkpoint, anchor_adapter, cause, decided_by, since from promotion_champion;

        create view promotion_v_history as
        select pipeline, version, checkpoint, adapter, cause, decided_by, reason, record_digest, at from promotion_history;

        create view promotion_v_gates as
        select run_id, pipeline, decision, reason, record_digest, win_rate, lower, items, worst_slice, at from promotion_gate;
        """;

    public const string Second = """
        drop view promotion_v_gates;

        create view promotion_v_gates as
        select run_id, pipeline, decision, reason, record_digest, win_rate, lower, items, worst_slice, at, code from promotion_gate;
        """;

    public const string Approvals = """
        create table promotion_approval (
            run_id           text    not null primary key,
            pipeline         text    not null,
            needed           integer not null,
            role             text    not null,
            champion_version bigint  not null,
            batch_ids        text    not null,
            state            text    not null,
            approved_by      text    not null,
            reason           text    not null,
            opened_at        bigint  not null,
            expires_at       bigint  not null,
            ended_at         bigint
        );
        create index promotion_approval_state on promotion_approval (state, expires_at);

        create table promotion_approval_vote (
            run_id text   not null,
            person text   not null,
            answer text   not null,
            reason text   not null,
            at     bigint not null,
            primary key (run_id, person)
        );

        create view promotion_v_approvals as
        select a.run_id, a.pipeline, a.state, a.needed, a.role,
               (select count(*) from promotion_approval_vote v where v.run_id = a.run_id and v.answer = 'approve') as given,
               a.approved_by, a.champion_version, a.reason, a.opened_at, a.expires_at, a.ended_at
        from promotion_approval a;

        create view promotion_v_approval_votes as
        select run_id, person, answer, reason, at from promotion_approval_vote;

        drop view promotion_v_gates;

        create view promotion_v_gates as
        select run_id, pipeline, decision, reason, record_digest, win_rate, lower, items, worst_slice, at, code, decided_by from promotion_gate;
        """;

    public const string HistoryOfRuns = """
        drop view promotion_v_history;

        create view promotion_v_history as
        select pipeline, version, checkpoint, adapter, cause, decided_by, reason, record_digest, at, run_id, restores from promotion_history;
        """;
}
