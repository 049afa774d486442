// Shows the OpenAPI document. Requests tried out here carry the session of whoever is signed in, or a token.
const place = document.getElementById("api-docs");
place.textContent = "";
window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
});
