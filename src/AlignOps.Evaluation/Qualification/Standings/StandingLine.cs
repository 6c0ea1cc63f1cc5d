namespace AlignOps.Evaluation.Qualification.Standings;

/// <summary>A row of <c>evaluation_judge_standings</c>: how a judge stood in a run, and what asking it again found.</summary>
internal sealed class StandingLine
{
    public const string Tables = """
        create table evaluation_judge_standings (
            run_id          text    not null,
            judge           text    not null,
            pipeline        text    not null,
            judge_digest    text    not null,
            decides         integer not null,
            standing        text    not null,
            sentence        text    not null,
            examination_id  text,
            turn            integer,
            games           integer,
            differing       double precision,
            expected        double precision,
            p_value         double precision,
            level           double precision,
            at              bigint  not null,
            primary key (run_id, judge)
        );
        create unique index evaluation_judge_standings_by_turn on evaluation_judge_standings (examination_id, turn);
        create view evaluation_v_judge_standings as
            select run_id, judge, pipeline, judge_digest, decides, standing, sentence, examination_id, turn, games, differing, expected, p_value, level, at from evaluation_judge_standings;
        """;

    public const string Said = "alter table evaluation_judge_standings add column said text";

    public string RunId { get; init; } = "";
    public string Judge { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string JudgeDigest { get; init; } = "";
    public long Decides { get; init; }
    public string Standing { get; init; } = "";
    public string Sentence { get; init; } = "";
    public string? ExaminationId { get; init; }

    /// <summary>Which asking again of this certificate it was, from 1; null where it was not asked.</summary>
    public long? Turn { get; init; }
    public long? Games { get; init; }
    public double? Differing { get; init; }
    public double? Expected { get; init; }
    public double? PValue { get; init; }
    public double? Level { get; init; }
    public long At { get; init; }

    /// <summary>What it said when asked again, as <see cref="Drift.SaidAgain"/> writes it; null where it was not asked.</summary>
    public string? Answers { get; init; }
}
