using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace FlightRecorder.AspNetCore;

/// <summary>The actor as the user's claims tell it: NameIdentifier and Role.</summary>
internal static class ClaimsActor
{
    public static RequestActor? Read(HttpContext context)
    {
        // HttpContext.User would make an empty principal for every anonymous request.
        ClaimsPrincipal? user = context.Features.Get<IHttpAuthenticationFeature>()?.User;
        if (user?.Identity?.IsAuthenticated is not true)
        {
            return null;
        }

        string? id = user.FindFirst(ClaimTypes.NameIdentifier)?.Value;
        string? role = user.FindFirst(ClaimTypes.Role)?.Value;
        return id is null && role is null ? null : new RequestActor(id, role);
    }
}
