// The console of the API. Its requests carry the session of whoever is signed in, and the proof that they come from here.
const place = document.getElementById("api-console");
const proof = place.dataset.proof;
place.textContent = "";
window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
  requestInterceptor: (request) => {
    request.headers["X-CSRFToken"] = proof;
    return request;
  },
});
