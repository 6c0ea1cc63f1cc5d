using System.Reflection;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Merging;

/// <summary>An engine that begins a new adapter where one was to be continued, and is otherwise the engine given.</summary>
internal class ForgetfulEngine : DispatchProxy
{
    private IPolicyEngine? _engine;

    public static IPolicyEngine Over(IPolicyEngine engine)
    {
        IPolicyEngine forgetful = Create<IPolicyEngine, ForgetfulEngine>();
        ((ForgetfulEngine)forgetful)._engine = engine;
        return forgetful;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments)
    {
        if (method!.Name == nameof(IPolicyEngine.LoadForAdapterTraining))
        {
            arguments![1] = null;
        }

        return method.Invoke(_engine, arguments);
    }
}
