using System.CommandLine;
using AlignOps.Host.Cli;
using AlignOps.Host.Demo;

namespace AlignOps.Host.Commands;

/// <summary>The command line as a whole.</summary>
internal static class AllCommands
{
    public static RootCommand Create()
    {
        return new RootCommand("AlignOps: a batch of feedback becomes a promoted model, and a bad batch does not.")
        {
            DemoCommand.Create(),
            UpCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            MergeCommand.Create(),
            RewardCommand.Create(),
            MethodsCommand.Create(),
            TokenizeCommand.Create(),
            ScoreCommand.Create(),
            GenerateCommand.Create(),
            InspectCommand.Create(),
            InitCommand.Create(),
            PipelineCommand.Create(),
            CertifyCommand.Create().WithServer(),
            ConvertCommand.Create(),
            PushCommand.Create().WithServer(),
            RunsCommand.Create().WithServer(),
            RunCommand.Create().WithServer(),
            GateCommand.Create().WithServer(),
            RegressionCommand.Create().WithServer(),
            JudgeCommands.Create().WithServer(),
            LabelsCommand.Create().WithServer(),
            LeagueCommand.League().WithServer(),
            LeagueCommand.Style().WithServer(),
            ApprovalCommands.List().WithServer(),
            ApprovalCommands.Approve().WithServer(),
            ApprovalCommands.Reject().WithServer(),
            ReleaseCommand.Create().WithServer(),
            RollbackCommand.Create().WithServer(),
            HoldCommands.Hold().WithServer(),
            HoldCommands.Unhold().WithServer(),
            KeyCommand.Create().WithServer(),
            ReadyCommand.Create().WithServer(),
            DoctorCommand.Create(),
        };
    }
}
