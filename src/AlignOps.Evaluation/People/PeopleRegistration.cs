using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.League;
using AlignOps.Evaluation.People.Files;
using AlignOps.Evaluation.People.Http;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Evaluation.People.Reports;
using AlignOps.Evaluation.People.Rounds;
using AlignOps.Platform.Registration;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Evaluation.People;

/// <summary>People as judges: their queue, their labels, and what these say of a judge; beside them the league of versions.</summary>
internal static class PeopleRegistration
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PromptFinder>()
        .AddSingleton<RoundDesk>()
        .AddSingleton<LabelQueue>()
        .AddSingleton<LabelImport>()
        .AddSingleton<PeopleReporter>()
        .AddSingleton<LeagueReader>()
        .AddServiceWorker<RoundSweeper>(EvaluationService.Name)
        .AddMigration(EvaluationService.Name, 30, PeopleTables.Sql)
        .AddMessageHandler<AskPeople, AskPeopleHandler>(EvaluationService.Name);

    public static void Map(IEndpointRouteBuilder routes)
    {
        LabelEndpoints.Map(routes);
        LeagueEndpoints.Map(routes);
    }
}
