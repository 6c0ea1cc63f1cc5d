namespace AlignOps.WebConsole.Reading;

/// <summary>Reads candidates on their way into production.</summary>
internal static class DeploymentReader
{
    private const string Columns =
        """
        run_id as RunId, pipeline as Pipeline, checkpoint as Checkpoint, adapter as Adapter, version as Version, stage as Stage, share as Share, active as Active,
        e_value as EValue, bound as Bound, thumbs_up as ThumbsUp, thumbs_down as ThumbsDown, champion_thumbs_up as ChampionThumbsUp,
        champion_thumbs_down as ChampionThumbsDown, requests as Requests, since as Since, started_at as StartedAt, reason as Reason, decided_by as DecidedBy
        """;

    public static Task<IReadOnlyList<DeploymentLine>> ActiveAsync(Reader reader) =>
        reader.ListAsync<DeploymentLine>($"select {Columns} from promotion_v_deployments where active = 1 order by started_at desc");

    public static Task<IReadOnlyList<DeploymentLine>> OfAsync(Reader reader, string pipeline) =>
        reader.ListAsync<DeploymentLine>($"select {Columns} from promotion_v_deployments where pipeline = @pipeline order by started_at desc limit 5", new { pipeline });

    public static Task<DeploymentLine?> OfRunAsync(Reader reader, string runId) =>
        reader.FindAsync<DeploymentLine>($"select {Columns} from promotion_v_deployments where run_id = @runId", new { runId });
}
