namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>A row of <c>evaluation_judge_examinations</c>. One that is certified is the certificate of its judge's digest, until a later one is.</summary>
internal sealed class JudgeExamination
{
    public const string Asked = "asked";
    public const string Certified = "certified";
    public const string Failed = "failed";

    public const string Tables = """
        create table evaluation_judge_examinations (
            examination_id     text    not null primary key,
            pipeline           text    not null,
            definition_digest  text    not null,
            judge              text    not null,
            model              text    not null,
            judge_digest       text    not null,
            labels_blob        text    not null,
            labels_digest      text    not null,
            pairs              integer not null,
            state              text    not null,
            code               text    not null,
            reason             text    not null,
            certificate_digest text,
            qualified          integer not null,
            figures            text    not null,
            asked_by           text    not null,
            at                 bigint  not null,
            ended_at           bigint
        );
        create index evaluation_judge_examinations_by_digest on evaluation_judge_examinations (judge_digest, ended_at);
        create view evaluation_v_judge_examinations as
            select examination_id, pipeline, judge, model, judge_digest, labels_digest, pairs, state, code, reason, certificate_digest, qualified, figures, asked_by, at, ended_at
            from evaluation_judge_examinations;
        """;

    public string ExaminationId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string DefinitionDigest { get; init; } = "";
    public string Judge { get; init; } = "";
    public string Model { get; init; } = "";
    public string JudgeDigest { get; init; } = "";

    /// <summary>The labelled set's file, as it was given.</summary>
    public string LabelsBlob { get; init; } = "";
    public string LabelsDigest { get; init; } = "";
    public long Pairs { get; init; }
    public string State { get; init; } = "";

    /// <summary>Why there is no certificate: <c>budget-exhausted</c>, <c>judge-down</c>, <c>key-missing</c>, <c>endpoint-invalid</c>, <c>labels-invalid</c> or <c>unknown-judge</c>; empty where there is one.</summary>
    public string Code { get; init; } = "";
    public string Reason { get; init; } = "";
    public string? CertificateDigest { get; init; }

    /// <summary>1: no limit of the definition that it was examined under was broken.</summary>
    public long Qualified { get; init; }

    /// <summary>The measurements as JSON, for pages that open no blob; empty where there are none.</summary>
    public string Figures { get; init; } = "";
    public string AskedBy { get; init; } = "";
    public long At { get; init; }
    public long? EndedAt { get; init; }
}
