using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Jobs;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.People;
using AlignOps.Evaluation.Qualification.Certificates;
using AlignOps.Evaluation.Qualification.Examinations;
using AlignOps.Evaluation.Qualification.Http;
using AlignOps.Evaluation.Qualification.Standings;
using AlignOps.Evaluation.Regression;
using AlignOps.Evaluation.Regression.Http;
using AlignOps.Evaluation.Regression.Trials;
using AlignOps.Evaluation.Results;
using AlignOps.Inference;
using AlignOps.Platform.Registration;
using AlignOps.Rewards;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Evaluation;

public static class EvaluationService
{
    internal const string Name = "evaluation";

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
            .AddSingleton<JudgeOpener>()
            .AddSingleton<AnswerCache>()
            .AddSingleton<JudgePanel>()
            .AddSingleton<CertificateFinder>()
            .AddSingleton<JudgeWatch>()
            .AddSingleton<ExaminationDesk>()
            .AddSingleton<JudgeReader>()
            .AddSingleton<RegressionReporter>()
            .AddSingleton<TrialDesk>()
            .AddPeople()
            .AddMigration(Name, 1, Tables)
            .AddMigration(Name, 2, JudgeCallRecord.Tables)
            .AddMigration(Name, 3, Trial.Tables)
            .AddMigration(Name, 4, AnswerCache.Tables)
            .AddMigration(Name, 20, JudgeExamination.Tables)
            .AddMigration(Name, 21, StandingLine.Tables)
            .AddMigration(Name, 22, StandingLine.Said)
            .AddPipelineSection<EvaluationSection, EvaluationSectionDefinition>()
            .AddMessageHandler<EvaluateCandidate, EvaluateCandidateHandler>(Name)
            .AddMessageHandler<CandidateTrained, TrialHandler>(Name)
            .AddMessageHandler<CandidateEvaluated, TrialHandler>(Name)
            .AddMessageHandler<StepFailed, LostWork>(Name)
            .AddJobHandler<EvaluateJob>()
            .AddJobHandler<ExamineJob>();
    }

    /// <summary>Regression reports of runs, trainings without one of a run's batches, judges and their examinations.</summary>
    public static IEndpointRouteBuilder MapEvaluation(this IEndpointRouteBuilder routes)
    {
        RegressionEndpoints.Map(routes);
        PeopleRegistration.Map(routes);
        ResultEndpoints.Map(routes);
        JudgeEndpoints.Map(routes);
        return routes;
    }
}
