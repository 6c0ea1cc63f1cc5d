namespace AlignOps.Evaluation.People;

internal static class PeopleTables
{
    /// <summary>The texts are kept with the item, so that labelling needs neither the evidence file nor the suite.</summary>
    public const string Sql = """
        create table evaluation_label_round (
            run_id            text    not null primary key,
            pipeline          text    not null,
            evidence_digest   text    not null,
            wanted            integer not null,
            people_each       integer not null,
            for_gate          integer not null,
            state             text    not null,
            asked_by          text    not null,
            opened_at         bigint  not null,
            closes_at         bigint  not null,
            closed_at         bigint
        );
        create table evaluation_label_item (
            item_id           text    not null primary key,
            run_id            text    not null,
            suite             text    not null,
            question_id       text    not null,
            sample            integer not null,
            slice             text    not null,
            cluster_id        text,
            place             integer not null,
            uncertainty       double precision not null,
            inconsistent      integer not null,
            prompt            text    not null,
            candidate         text    not null,
            champion          text    not null,
            salt              text    not null,
            state             text    not null,
            wanted            integer not null,
            taken             integer not null,
            answered          integer not null,
            skipped           integer not null
        );
        create unique index evaluation_label_item_place on evaluation_label_item (run_id, place);
        create table evaluation_label_answer (
            item_id           text    not null,
            person            text    not null,
            state             text    not null,
            candidate_first   integer not null,
            claimed_at        bigint  not null,
            until_at          bigint  not null,
            ended_at          bigint,
            choice            text,
            first_level       text,
            second_level      text,
            source            text    not null,
            primary key (item_id, person)
        );
        create view evaluation_v_label_rounds as
            select run_id, pipeline, wanted, people_each, for_gate, state, asked_by, opened_at, closes_at, closed_at from evaluation_label_round;
        """;
}
