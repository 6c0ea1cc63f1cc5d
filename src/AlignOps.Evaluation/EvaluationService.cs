using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Jobs;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference;
using AlignOps.Platform.Registration;
using AlignOps.Rewards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Evaluation;

public static class EvaluationService
{
    private const string Name = "evaluation";

    private const string Tables = """
        create table evaluation_evidence (
            run_id          text    not null primary key,
            evidence_digest text    not null,
            items           integer not null,
            unscored        integer not null,
            at              bigint  not null
        );
        """;

    /// <summary>
    /// Answers <see cref="EvaluateCandidate"/> with <see cref="CandidateEvaluated"/>. Needs an <see cref="Models.Policies.IPolicyEngine"/>; every <see cref="IVerifier"/> that is
    /// registered can judge, beside the generic ones.
    /// </summary>
    public static IServiceCollection AddEvaluation(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<VerifierCatalogue>();
        return services
            .AddInference()
            .AddSingleton<JudgePanel>()
            .AddMigration(Name, 1, Tables)
            .AddMigration(Name, 2, JudgeCallRecord.Tables)
            .AddPipelineSection<EvaluationSection, EvaluationSectionDefinition>()
            .AddMessageHandler<EvaluateCandidate, EvaluateCandidateHandler>(Name)
            .AddJobHandler<EvaluateJob>();
    }
}
