using Microsoft.AspNetCore.Http;

namespace AlignOps.Platform.Access;

/// <summary>Metadata of routes whose clients expect refusals in a shape of their own; elsewhere they are problem details.</summary>
public interface IAccessRefusal
{
    /// <param name="status">401, or 403 for a caller who is known and may not.</param>
    IResult Of(int status, AccessFault fault);
}
